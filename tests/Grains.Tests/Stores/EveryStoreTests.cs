using System.Reflection;
using Siamese.Grains.Storage;
using Siamese.Silo.Storage;

namespace Siamese.Grains.Tests.Stores;

/// <summary>A new store must pass the same suites as the others.</summary>
public sealed class EveryStoreTests
{
    /// <summary>What a store consists of, with the suites for it and how their classes are named after the store's.</summary>
    private static readonly (Type Part, string Ending, Type Suite, string Suffix)[] _suites =
    [
        (typeof(IStore), "Store", typeof(StoreTests), "StoreTests"),
        (typeof(IStore), "Store", typeof(MembershipTests), "MembershipTests"),
        (typeof(IStateTable), "StateTable", typeof(GrainStateStorageTests), "GrainStateStorageTests"),
        (typeof(IBlobStore), "BlobStore", typeof(BlobStoreTests), "BlobStoreTests"),
        (typeof(ICheckpointStore), "CheckpointStore", typeof(CheckpointStoreTests), "CheckpointStoreTests"),
    ];

    [Fact]
    public void Every_store_passes_every_suite()
    {
        var tests = Assembly.GetExecutingAssembly().GetTypes();
        var missing =
            from suite in _suites
            from type in new[] { typeof(IStore).Assembly, typeof(IBlobStore).Assembly }.SelectMany(assembly => assembly.GetTypes())
            where type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(suite.Part)
            let wanted = type.Name[..^suite.Ending.Length] + suite.Suffix
            where !tests.Any(test => test.Name == wanted && test.IsSubclassOf(suite.Suite))
            select $"{wanted} : {suite.Suite.Name}, for {type.Name}";

        Assert.Empty(missing);
    }
}
