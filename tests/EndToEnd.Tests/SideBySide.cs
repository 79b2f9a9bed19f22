using Xunit.Abstractions;

// Each class has its own processes and folders, and waits for them for a good part of its time.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
[assembly: TestCollectionOrderer("Siamese.EndToEnd.Tests.LongestFirst", "Siamese.EndToEnd.Tests")]

namespace Siamese.EndToEnd.Tests;

/// <summary>Starts the class that takes longest first, so that it does not run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => collection.DisplayName.Contains(nameof(Machines.FaultTests), StringComparison.Ordinal));
}
