"""ASGI applications: one that is quick to accept, and one that works 50 ms of the only thread before it does."""
import time


async def converse(receive, send):
    while True:
        event = await receive()
        if event["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
        elif event["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": event.get("text") or ""})
        elif event["type"] == "websocket.disconnect":
            return


async def answer(send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ok"})


async def quick(scope, receive, send):
    if scope["type"] == "websocket":
        await converse(receive, send)
    elif scope["type"] == "http":
        await answer(send)


async def slow(scope, receive, send):
    if scope["type"] == "websocket":
        time.sleep(0.05)
    await quick(scope, receive, send)
