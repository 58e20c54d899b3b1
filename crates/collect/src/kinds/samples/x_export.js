window.YTD.tweets.part0 = [
 { "tweet": { "id_str": "2002", "created_at": "Thu Nov 26 07:30:00 +0000 2026", "lang": "en", "full_text": "Answering: the gates stay shut.", "in_reply_to_status_id_str": "2001", "in_reply_to_screen_name": "exercise_desk" } },
 { "tweet": { "id_str": "2001", "created_at": "Thu Nov 26 07:10:00 +0000 2026", "lang": "en", "full_text": "The gates of the plant are shut." } }
]
