#!/usr/bin/python3
"""browser.py URL - opens a page in a real headless Chromium, and looks at it.

Standard input holds a JSON list of looks: {"width", "height", "scheme": "light" or "dark", "until": an expression that has to come true,
"keys": [names of keys to press], "ask": {name: expression}, "picture": a path for a screenshot}. Printed is a list of what was
answered, and what the page has complained of: {"answers": [{name: value}], "complaints": [text]}.
"""
import base64
import fcntl
import json
import os
import subprocess
import sys
import tempfile
import time


class Browser:
    """Chromium, asked over a pair of pipes (--remote-debugging-pipe): messages of its DevTools protocol, a zero behind each."""

    def __init__(self, profile):
        to_read, self.to = os.pipe()
        self.come, from_write = os.pipe()

        # Neither of the two may lie where the other one belongs.
        to_read, from_write = self.above(to_read), self.above(from_write)

        def place():
            os.dup2(to_read, 3)
            os.dup2(from_write, 4)

        words = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars"]
        self.process = subprocess.Popen(
            words + ["--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=place, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.rest, self.count, self.session, self.complaints = b"", 0, None, []

    @staticmethod
    def above(end):
        other = fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10)
        os.close(end)
        return other

    def message(self):
        while b"\0" not in self.rest:
            piece = os.read(self.come, 1 << 20)
            if not piece:
                raise SystemExit("the browser has ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def ask(self, method, **parameters):
        self.count += 1
        question = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            question["sessionId"] = self.session
        os.write(self.to, json.dumps(question).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.count:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']}")
                return message["result"]
            self.hear(message)

    def hear(self, message):
        event, parameters = message.get("method"), message.get("params", {})
        if event == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(parameters["exceptionDetails"]))
        if event == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.complaints.append(parameters["entry"]["text"] + " " + parameters["entry"].get("url", ""))
        if event == "Page.javascriptDialogOpening":
            self.complaints.append("a dialog: " + parameters["message"])

    def value(self, expression):
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise SystemExit(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def open(self, url):
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(domain + ".enable")
        self.ask("Page.navigate", url=url)

    def look(self, wanted):
        width, height = wanted.get("width", 1280), wanted.get("height", 900)
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=wanted.get("scale", 1), mobile=width < 600)
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": wanted.get("scheme", "light")}])
        end = time.time() + 30
        while "until" in wanted and not self.value(wanted["until"]):
            if time.time() > end:
                raise SystemExit("never so: " + wanted["until"] + "\n" + self.value("document.body.innerText"))
            time.sleep(0.1)
        for key in wanted.get("keys", []):
            for kind in ("rawKeyDown", "char", "keyUp") if key == "Enter" else ("rawKeyDown", "keyUp"):
                code = {"Tab": 9, "Enter": 13}[key]
                self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, text="\r" if kind == "char" else "")
        answers = {name: self.value(expression) for name, expression in wanted.get("ask", {}).items()}
        if "picture" in wanted:
            picture = self.ask("Page.captureScreenshot", captureBeyondViewport=wanted.get("whole", True))
            with open(wanted["picture"], "wb") as file:
                file.write(base64.b64decode(picture["data"]))
        return answers


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
    browser = Browser(profile)
    try:
        browser.open(sys.argv[1])
        answers = [browser.look(wanted) for wanted in json.load(sys.stdin)]
        print(json.dumps({"answers": answers, "complaints": browser.complaints}))
    finally:
        browser.process.kill()
        browser.process.wait()
