namespace Siamese.Silo.Storage;

/// <summary>The table of grain states of a store: what <see cref="GrainStateStorage"/> reads and writes.</summary>
internal interface IStateTable : IDisposable
{
    /// <summary>The row of a state; null if there is none. Called from grains: it must not block their thread for long.</summary>
    ValueTask<(byte[]? Payload, long Version)?> Read(string grain, string name);

    /// <summary>
    /// Swaps each row that still has the version that its writer read, all in one durable transaction, and records in each
    /// whether it was swapped. Called for one group after the other, on a thread that may block.
    /// </summary>
    /// <remarks>
    /// If it fails, none of it is visible, but after a crash it may be there. Its writers must read the actual state before
    /// they write again.
    /// </remarks>
    /// <param name="rows">The group.</param>
    /// <param name="closing">Cancelled when the storage is being closed: stop waiting for a store that does not answer.</param>
    void Commit(IReadOnlyList<StateRow> rows, CancellationToken closing);
}
