// Starts the server and asks for its front page until it is there; prints the milliseconds from start to last byte.
import { spawn } from "node:child_process";
import { get } from "node:http";

const [program, data, address] = process.argv.slice(2);
const begun = performance.now();
const server = spawn(program, ["serve", "--data", data, "--listen", address, "--no-work"], { stdio: "ignore" });

function ask() {
  const again = () => setImmediate(ask);
  const request = get(`http://${address}/iran`, (response) => {
    response.resume();
    response.on("end", () => {
      console.log((performance.now() - begun).toFixed(1));
      server.kill();
    });
  });
  request.on("error", again);
}

ask();
