// The worker's side of the runner: messages in, messages out.
import { startInterpreter } from "./interpreter.js";

let interpreter;

const ANSWERS = {
  start: async (message) => {
    const onText = (text, stream) => postMessage({ kind: "text", text, stream });
    const onShow = (bundle) => postMessage({ kind: "show", bundle });
    interpreter = await startInterpreter({ ...message, onText, onShow });
    return {};
  },
  run: ({ code }) => interpreter.run(code),
  put: ({ path, data }) => {
    interpreter.put(path, data);
    return {};
  },
};

self.onmessage = async ({ data: message }) => {
  try {
    const answer = await ANSWERS[message.kind](message);
    postMessage({ kind: "answer", id: message.id, ...answer });
  } catch (error) {
    postMessage({ kind: "failure", id: message.id, error: String(error?.message ?? error) });
  }
};
