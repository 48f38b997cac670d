#!/usr/bin/env python3
"""Chats in a room of the example from a terminal, with the `websockets` package.

    python3 examples/room-chat/client.py --name Ada --room lobby

Each line that is typed is a message. `/members` and `/history` ask for these, `/quit` ends it.
"""

import argparse
import asyncio
import base64
import json
import random
import sys
import urllib.parse
import urllib.request

import websockets

MAX_ATTEMPTS = 5
LONGEST_WAIT_SECONDS = 30


def post(url, body):
    """Sends JSON and returns the JSON that is answered."""
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def name_of(sub):
    """The name is a part of the id, which the hub vouches for."""
    encoded = sub.partition(".")[2]
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()


class Chat:
    """One room over one WebSocket, which comes back by itself and brings what was missed."""

    def __init__(self, site, name, room):
        self.site = site
        self.room = room
        self.channel = f"chat/{room}"
        self.login = post(f"{site}/login", {"name": name})
        self.last_id = None
        self.socket = None
        self.asked = 0

    async def run(self):
        failures = 0
        while failures <= MAX_ATTEMPTS:
            try:
                address = await asyncio.to_thread(self.address)
                async with websockets.connect(address) as socket:
                    self.socket = socket
                    failures = 0
                    async for text in socket:
                        self.hear(json.loads(text))
            except (OSError, websockets.exceptions.WebSocketException):
                pass
            # 1008: not allowed; 4001: sent away for good.
            if self.socket and self.socket.close_code in (1008, 4001):
                print(f"* closed: {self.socket.close_reason}", flush=True)
                return
            self.socket = None
            failures += 1
            # Chance spreads clients that were cut off at the same moment.
            await asyncio.sleep(random.random() * min(LONGEST_WAIT_SECONDS, 2**failures))
        print("* could not connect", flush=True)

    def address(self):
        token = post(f"{self.site}/token", {"session": self.login["session"]})["token"]
        query = {"token": token, "presence": "1"}
        if self.last_id:
            query["lastEventId"] = self.last_id
        site = self.site.replace("http", "ws", 1)
        return f"{site}/ws/{self.channel}?{urllib.parse.urlencode(query)}"

    def hear(self, frame):
        kind = frame["type"]
        if frame.get("id") and kind != "ack":
            self.last_id = frame["id"]
        if kind == "connected":
            print(f"* you are in {self.room}", flush=True)
        elif kind == "chat":
            print(f"{name_of(frame['from'])}: {frame['text']}", flush=True)
        elif kind == "private":
            print(f"(private) {name_of(frame['sender'])}: {frame['text']}", flush=True)
        elif kind == "presence_join":
            print(f"* {frame['member'].get('name', 'somebody')} came in", flush=True)
        elif kind == "presence_leave":
            print(f"* {frame['member'].get('name', 'somebody')} has left", flush=True)
        elif kind == "presence":
            names = [member.get("name", "?") for member in frame["members"]]
            print(f"* here: {', '.join(names)}", flush=True)
        elif kind == "history":
            for message in reversed(frame["messages"]):
                if message["type"] == "chat":
                    print(f"  {name_of(message['from'])}: {message['text']}", flush=True)
        elif kind == "error":
            print(f"* {frame['message']}", flush=True)

    async def say(self, line):
        """Sends a line; everybody but this client gets it."""
        if self.socket is None:
            print("* not connected, try again", flush=True)
            return
        self.asked += 1
        if line == "/members":
            frame = {"type": "presence", "channel": self.channel}
        elif line == "/history":
            frame = {"type": "history", "channel": self.channel, "limit": 20}
        else:
            message = {"type": "chat", "text": line}
            frame = {"type": "publish", "channel": self.channel, "message": message, "echo": False}
        await self.socket.send(json.dumps({**frame, "ackId": self.asked}))

    async def read_lines(self):
        loop = asyncio.get_running_loop()
        while True:
            line = await loop.run_in_executor(None, sys.stdin.readline)
            if line == "" or line.strip() == "/quit":
                return
            if line.strip():
                await self.say(line.strip())


async def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", default="http://localhost:4002", help="where the example runs")
    parser.add_argument("--name", required=True)
    parser.add_argument("--room", default="lobby")
    options = parser.parse_args()
    chat = Chat(options.site.rstrip("/"), options.name, options.room)
    tasks = [asyncio.create_task(chat.run()), asyncio.create_task(chat.read_lines())]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
