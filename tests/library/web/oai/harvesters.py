"""Harvesters that others wrote. The code of one is older than a warning that Python has of it."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from oaipmh_scythe import Scythe
    from sickle import Sickle
    from sickle.oaiexceptions import CannotDisseminateFormat, IdDoesNotExist

__all__ = ["CannotDisseminateFormat", "IdDoesNotExist", "Scythe", "Sickle"]
