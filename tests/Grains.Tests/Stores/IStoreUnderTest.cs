using Siamese.Silo.Storage;

namespace Siamese.Grains.Tests.Stores;

/// <summary>A place for a store, empty at first, and a way round the store to what lies there.</summary>
internal interface IStoreUnderTest
{
    /// <summary>What `--store` calls it.</summary>
    string Address { get; }

    /// <summary>Another object for the same place, as another silo has it.</summary>
    IStore Store();

    void Execute(string sql);

    T Scalar<T>(string sql);

    /// <summary>Replaces the bytes of every blob and checkpoint, or the first part where they come in parts.</summary>
    void Damage(byte[] by);

    /// <summary>Takes away what lies there, at the end of a test.</summary>
    void Remove();
}
