"""The web server's application, in a process that dies where it is told to."""

from importlib import import_module

from faults.armed import make_ready

make_ready()
application = import_module("haven.config.wsgi").application  # once the clock is set and the points are armed
