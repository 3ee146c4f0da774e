"""«Mine utkast»: what somebody has begun to write and not sent, for her own eyes."""
