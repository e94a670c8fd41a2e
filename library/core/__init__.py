"""The words of the library and what every room stands on: values, errors, settings, leases."""
