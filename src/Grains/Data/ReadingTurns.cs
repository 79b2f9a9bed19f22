namespace Siamese.Grains.Data;

/// <summary>
/// Lets only one large data set at a time be read: while it is read, a data set takes twice its memory. Small ones do not wait.
/// </summary>
internal sealed class ReadingTurns
{
    private readonly long _limit;
    private readonly long _large;
    private readonly Lock _lock = new();
    private int _waiting;

    /// <param name="limit">Maximum bytes of a data set.</param>
    /// <param name="large">Data sets of more bytes are large.</param>
    public ReadingTurns(long limit, long large) => (_limit, _large) = (limit, large);

    /// <summary>Number of large data sets that wait for their turn.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Begins to read a data set. Dispose the result on the same thread, when it has been read.</summary>
    /// <param name="name">Name of the data set, for messages.</param>
    public ReadingTurn Begin(string name) => new(this, name);

    private void Enter()
    {
        Interlocked.Increment(ref _waiting);
        _lock.Enter();
        Interlocked.Decrement(ref _waiting);
    }

    /// <summary>The reading of one data set, on one thread.</summary>
    internal sealed class ReadingTurn(ReadingTurns turns, string name) : IDisposable
    {
        private bool _isHeld;

        /// <summary>Blocks the thread while another large data set is being read, if this one is large.</summary>
        /// <param name="bytes">Bytes that its images will take.</param>
        /// <exception cref="DataUnavailableException">It is larger than this silo reads; another silo may have more memory.</exception>
        public void Reserve(long bytes)
        {
            if (bytes > turns._limit)
                throw new DataUnavailableException(TooLarge(bytes));
            if (bytes <= turns._large || _isHeld)
                return;
            turns.Enter();
            _isHeld = true;
        }

        public void Dispose()
        {
            if (!_isHeld)
                return;
            _isHeld = false;
            turns._lock.Exit();
        }

        private string TooLarge(long bytes) => FormattableString.Invariant(
            $"{name} takes {bytes / 1e6:F1} MB in memory, and the silo on {Environment.MachineName} reads data sets of at most {turns._limit / 1e6:F1} MB. Give fewer images or a smaller image size, or start a silo with more memory.");
    }
}
