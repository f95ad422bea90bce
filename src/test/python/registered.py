"""Prints server, class, device and followed detector of this product's entries in the Tango database of TANGO_HOST."""

import tango

database = tango.Database()
for server in ("BcdiOnline/1", "LimaCCDs/sim"):
    entries = list(database.get_device_class_list(server).value_string)
    for device, class_name in zip(entries[::2], entries[1::2]):
        if class_name != "DServer":
            detector = database.get_device_property(device, "DetectorDevice")["DetectorDevice"]
            print(server, class_name, device, "DetectorDevice=" + ",".join(detector))
