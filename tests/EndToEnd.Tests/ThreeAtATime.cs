// Each class has its own processes and folders, and waits for them for a good part of its time.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
