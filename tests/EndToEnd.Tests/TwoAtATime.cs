// Every class has processes and folders of its own, and spends half of its time waiting for them.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
