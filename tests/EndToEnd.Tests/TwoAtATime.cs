// Each class has its own processes and folders, and spends half of its time waiting for them.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
