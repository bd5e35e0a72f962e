// The program that a cluster runs for a step: it unpacks what the step needs on the driver's disk,
// runs the command, and leaves its outputs and its exit code on DBFS. Only Python's own library.

/**
 * Its arguments: the step's folder on DBFS, as files of the driver; a folder of the driver's own.
 * The bundle and the outputs are lines of JSON: see bundle.ts.
 */
export const remoteProgram = `import base64, json, os, shutil, subprocess, sys

store, root = sys.argv[1], sys.argv[2]
piece = 512 * 1024


def unpack(entry):
    target = os.path.join(root, entry["path"])
    os.makedirs(target if entry["kind"] == "folder" else os.path.dirname(target), exist_ok=True)
    if entry["kind"] == "folder":
        return
    with open(target, "wb" if entry["kind"] == "file" else "ab") as file:
        file.write(base64.b64decode(entry["data"]))
    if entry["kind"] == "file" and entry["executable"]:
        os.chmod(target, 0o755)


def pack(sink, path):
    full = os.path.join(root, path)
    if os.path.isdir(full):
        sink.write(json.dumps({"kind": "folder", "path": path}) + "\\n")
        for name in sorted(os.listdir(full)):
            pack(sink, path + "/" + name)
    elif os.path.isfile(full):
        kind = "file"
        with open(full, "rb") as file:
            while True:
                data = file.read(piece)
                if not data and kind == "more":
                    return
                text = base64.b64encode(data).decode("ascii")
                sink.write(json.dumps({"kind": kind, "path": path, "data": text, "executable": False}) + "\\n")
                kind = "more"


# A run that was submitted twice runs its command once.
try:
    os.close(os.open(os.path.join(store, "begun"), os.O_CREAT | os.O_EXCL))
except FileExistsError:
    print("this step was begun before; nothing is run again", flush=True)
    sys.exit(1)

with open(os.path.join(store, "bundle.jsonl"), encoding="utf-8") as bundle:
    step = json.loads(bundle.readline())
    for line in bundle:
        unpack(json.loads(line))

process = subprocess.Popen(
    ["/bin/sh", "-c", step["command"]],
    cwd=os.path.join(root, "code"),
    env={**os.environ, **step["environment"]},
    stdin=subprocess.DEVNULL,
    stdout=subprocess.PIPE,
    stderr=subprocess.STDOUT,
)
for line in iter(lambda: process.stdout.readline(piece), b""):
    print(line.decode("utf-8", "replace"), end="", flush=True)
code = process.wait()
code = code if code >= 0 else 128 - code

if code == 0:
    with open(os.path.join(store, "outputs.jsonl"), "w", encoding="utf-8") as sink:
        for name in step["outputs"]:
            if os.path.exists(os.path.join(root, "outputs", name)):
                pack(sink, "outputs/" + name)
with open(os.path.join(store, "exit-code"), "w") as file:
    file.write(str(code))
shutil.rmtree(root, ignore_errors=True)
if code != 0:
    sys.exit(code)
`;
