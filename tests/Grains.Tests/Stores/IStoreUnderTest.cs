using Siamese.Silo.Storage;

namespace Siamese.Grains.Tests.Stores;

/// <summary>A place for a store, empty at first, and a way round the store to what lies there.</summary>
internal interface IStoreUnderTest
{
    /// <summary>Another object for the same place, as another silo has it.</summary>
    IStore Store();

    void Execute(string sql);

    T Scalar<T>(string sql);

    /// <summary>Takes away what lies there, at the end of a test.</summary>
    void Remove();
}
