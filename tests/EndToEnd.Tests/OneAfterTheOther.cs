// Every test trains on all cores that there are.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
