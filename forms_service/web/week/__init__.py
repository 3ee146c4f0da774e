"""«Uken»: what the coordinator looks at each week, and the pack for whoever stands in for her."""
