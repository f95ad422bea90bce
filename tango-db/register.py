#!/usr/bin/python3
"""Registers the servers, devices and properties of a dsconfig file in the Tango database of TANGO_HOST.

What the database already holds stays as it is (memorized values, properties changed with Jive), unless --overwrite
is given; then the file's properties win. Nothing is ever removed.
"""

import argparse
import json

import tango


def devices(config):
    """Yields (server/instance, class, device, settings) of every device in a dsconfig document."""
    for server, instances in config["servers"].items():
        for instance, classes in instances.items():
            for class_name, members in classes.items():
                for device, settings in members.items():
                    yield f"{server}/{instance}", class_name, device, settings


def register(database, server, class_name, device):
    """Adds a device, or moves it to this server; its stored properties are untouched either way."""
    known = database.get_device_class_list(server).value_string
    if (device.lower(), class_name) in zip((name.lower() for name in known[::2]), known[1::2]):
        return
    info = tango.DbDevInfo()
    info.server, info._class, info.name = server, class_name, device
    database.add_device(info)


def set_properties(database, device, properties, overwrite):
    """Writes properties, all of them or only those that the database lacks; returns the names written."""
    if properties and not overwrite:
        stored = database.get_device_property(device, list(properties))
        properties = {name: value for name, value in properties.items() if not stored[name]}
    if properties:
        database.put_device_property(device, properties)
    return sorted(properties)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", help="dsconfig JSON")
    parser.add_argument("--overwrite", action="store_true", help="the file's properties replace stored ones")
    arguments = parser.parse_args()
    with open(arguments.file, encoding="utf-8") as text:
        config = json.load(text)
    database = tango.Database()
    for server, class_name, device, settings in devices(config):
        register(database, server, class_name, device)
        written = set_properties(database, device, settings.get("properties", {}), arguments.overwrite)
        print(f"{server} {class_name} {device}: set {', '.join(written) or 'nothing new'}")


if __name__ == "__main__":
    main()
