"""Words of pictures: found, turned upright and recognised on this machine, without any service."""
