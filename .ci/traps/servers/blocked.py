"""python3 blocked.py <port>: pings each second, waits a second for the pong, and its 200th client blocks the loop twice."""
import asyncio
import sys
import time

import websockets

clients = set()


async def serve(client):
    clients.add(client)
    try:
        if len(clients) >= 200:
            time.sleep(3)
            # The pings that are due by now go out, and their pongs are not read in time.
            for _ in range(4):
                await asyncio.sleep(0)
            time.sleep(3)
        async for message in client:
            await client.send(message)
    except websockets.ConnectionClosed:
        pass
    finally:
        clients.discard(client)


async def main():
    async with websockets.serve(
            serve, "127.0.0.1", int(sys.argv[1]), ping_interval=1, ping_timeout=1, backlog=4096, compression=None):
        await asyncio.Future()


asyncio.run(main())
