namespace Siamese.Silo.Storage;

/// <summary>The table of grain states of a store: what <see cref="GrainStateStorage"/> reads and writes.</summary>
internal interface IStateTable : IDisposable
{
    /// <summary>The row of a state; null where there is none. Called from grains: it must not block their thread for long.</summary>
    ValueTask<(byte[]? Payload, long Version)?> Read(string grain, string name);

    /// <summary>
    /// Swaps each row that is still of the version that its writer has read, all in one durable transaction, and says in
    /// each whether it was. Called for one group after the other, on a thread that may be blocked.
    /// </summary>
    /// <remarks>
    /// Where it fails, nothing of it is to be seen, yet after a crash it may be there. Its writers must read before they
    /// write again, and then find what is so.
    /// </remarks>
    /// <param name="rows">The group.</param>
    /// <param name="closing">The storage is being closed: a store that does not answer is not waited for any more.</param>
    void Commit(IReadOnlyList<StateRow> rows, CancellationToken closing);
}
