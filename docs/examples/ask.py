"""Asks an ensemble whether two images show the same: ask.py ADDRESS FIRST SECOND. Python's standard library only."""
import base64
import json
import os
import sys
import urllib.error
import urllib.request

address, first, second = sys.argv[1:]


def image(path):
    with open(path, "rb") as file:
        return {"data": base64.b64encode(file.read()).decode(), "name": os.path.basename(path)}


question = {"first": image(first), "second": image(second), "unsure": [0.2, 0.8]}
headers = {"Content-Type": "application/json"}
if key := os.environ.get("SIAMESE_KEY"):
    headers["Authorization"] = f"Bearer {key}"
request = urllib.request.Request(f"{address}/api/v1/verdicts", json.dumps(question).encode(), headers)
try:
    with urllib.request.urlopen(request) as answer:
        verdict = json.load(answer)
except urllib.error.HTTPError as error:
    sys.exit(json.load(error)["detail"])
print(f"{verdict['verdict']}: probability of same {verdict['probability']:.1%}, by {verdict['ensemble']} version {verdict['version']}")
