using Siamese.Silo.Storage;

namespace Siamese.Grains.Tests.Stores;

/// <summary>A place for a store, empty at first, with direct access to its content.</summary>
internal interface IStoreUnderTest
{
    /// <summary>The value of `--store` for it.</summary>
    string Address { get; }

    /// <summary>A new object for the same place, like that of another silo.</summary>
    IStore Store();

    void Execute(string sql);

    T Scalar<T>(string sql);

    /// <summary>Replaces the bytes of every blob and checkpoint, or only the first part if they are stored in parts.</summary>
    void Damage(byte[] by);

    /// <summary>Makes all blobs and checkpoints look as if nobody had used them for some time.</summary>
    void Age(TimeSpan by);

    /// <summary>Removes the content at the end of a test.</summary>
    void Remove();
}
