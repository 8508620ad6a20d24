"""Breaking a connection the way networks do."""

import socket
import struct

from aiohttp import web


def drop(request: web.Request) -> None:
    """Reset the connection of a request: whoever is on the other end gets an error at once."""
    transport = request.transport
    if transport is None:
        return
    raw = transport.get_extra_info("socket")
    if raw is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
