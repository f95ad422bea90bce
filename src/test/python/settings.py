"""Writes attributes of a device, or reads them back.

usage: settings.py DEVICE write|read NAME=VALUE;NAME=VALUE... (VALUE in JSON)
"""

import json
import sys

import tango

from client import connect, wait_until

name, what, settings = sys.argv[1:]
device = connect(name)
wait_until("the models to load", lambda: device.state() != tango.DevState.INIT)
values = dict(setting.split("=", 1) for setting in settings.split(";"))
if what == "write":
    for attribute, value in values.items():
        device.write_attribute(attribute, json.loads(value))
else:
    print(";".join(f"{attribute}={json.dumps(device.read_attribute(attribute).value)}" for attribute in values), end="")
