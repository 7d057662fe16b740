"""A WSGI application for gunicorn with eventlet."""
from eventlet import websocket


@websocket.WebSocketWSGI
def application(client):
    while True:
        message = client.wait()
        if message is None:
            return
        client.send(message)
