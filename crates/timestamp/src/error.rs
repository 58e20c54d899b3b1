//! Why a time stamp is not had, or does not hold, in words.

/// What is wrong with an answer or a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// What should be a policy is none.
    #[error("{0:?} is no policy of an authority: give its numbers, as in 1.3.6.1.4.1.4146.2.3")]
    Policy(String),
    /// Longer than is read.
    #[error("it is longer than {0} bytes")]
    TooLarge(usize),
    /// Not the structure that the standard asks for.
    #[error("its {0} can't be read")]
    Unreadable(&'static str),
    /// The authority gave no token.
    #[error("the authority gives no time stamp: {0}")]
    Refused(String),
    /// A token about something else.
    #[error("it is about other bytes")]
    OtherBytes,
    /// A token for somebody else's question.
    #[error("it answers another question: its nonce is not the one that was sent")]
    OtherQuestion,
    /// A token under another policy than was asked for.
    #[error("it was given under the policy {0}, which was not asked for")]
    OtherPolicy(String),
    /// Two clocks disagree.
    #[error("its time is {0} minutes from this machine's: one of the two clocks is wrong")]
    Clock(i64),
    /// The token carries no certificate of its signer.
    #[error("it does not carry the certificate that it was signed with")]
    NoCertificate,
    /// The certificate may not be used for this.
    #[error("its certificate {0}")]
    Certificate(&'static str),
    /// A kind of signature that is not known here.
    #[error("it is signed in a way that is not known here ({0})")]
    Algorithm(String),
    /// The signature is not that of the token.
    #[error("its signature is not that of the certificate that it carries")]
    Signature,
    /// The signed attributes don't belong to the token.
    #[error("its signature is for something else: {0}")]
    Attribute(&'static str),
}
