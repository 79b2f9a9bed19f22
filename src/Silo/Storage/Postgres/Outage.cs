using Npgsql;
using Siamese.Contracts;

namespace Siamese.Silo.Storage.Postgres;

/// <summary>
/// Retries while a PostgreSQL server restarts, and when pooled connections died with it. An attempt must be repeatable: a
/// call that succeeded but was cut off before it could report so is repeated.
/// </summary>
/// <param name="store">The store, for messages.</param>
/// <param name="health">Learns of successes and failures.</param>
internal sealed class Outage(string store, StoreHealth health)
{
    /// <summary>Less than the 30 s after which the caller of a grain gives up. If the server has been away for longer already, there is one attempt.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Classes of SQLSTATE that are about a statement's values (PostgreSQL, appendix A), so that others may succeed.</summary>
    private static readonly string[] _ofValues = ["22", "23", "54"];

    /// <summary>Reads, or reads and writes.</summary>
    /// <param name="attempt">Repeated for as long as it fails because no server is available.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">The server cannot be reached, or is full.</exception>
    /// <exception cref="InvalidDataException">The server refuses a value.</exception>
    public async Task<T> Await<T>(Func<Task<T>> attempt, CancellationToken cancellation)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                var result = await attempt();
                health.WasRead();
                return result;
            }
            catch (NpgsqlException e) when (MayPass(e, began) && !cancellation.IsCancellationRequested)
            {
                await Task.Delay(_pause, TimeProvider.System, cancellation);
            }
            catch (NpgsqlException e)
            {
                throw Explained(e);
            }
        }
    }

    /// <summary>Writes on a thread that may block.</summary>
    /// <inheritdoc cref="Await{T}"/>
    public void Await(Action attempt, CancellationToken cancellation)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                attempt();
                health.WasWritten();
                return;
            }
            catch (NpgsqlException e) when (MayPass(e, began) && !cancellation.IsCancellationRequested)
            {
                cancellation.WaitHandle.WaitOne(_pause);
            }
            catch (NpgsqlException e)
            {
                throw Explained(e);
            }
        }
    }

    /// <summary>What went wrong, without what could be a password.</summary>
    public static string Reason(NpgsqlException e) => e switch
    {
        PostgresException refused => $"{refused.MessageText} ({refused.SqlState}).",
        { InnerException: { } because } when because.Message != e.Message => $"{e.Message} ({because.Message}).",
        _ => $"{e.Message}.",
    };

    /// <summary>The driver's exceptions would not survive the way to a client, which does not have the driver.</summary>
    private Exception Explained(NpgsqlException e)
    {
        if (e is PostgresException { SqlState: { } state } && _ofValues.Contains(state[..2]))
            return new InvalidDataException($"The store {store} refuses a value: {Reason(e)}");
        var problem = $"The store {store} cannot be used: {Reason(e)}";
        // A server that answers can be reached; a standby and a full one cannot be written to.
        if (e is PostgresException { IsTransient: false } or PostgresException { SqlState: PostgresErrorCodes.DiskFull })
            health.WasNotWritten(problem);
        else
            health.IsUnreachable(problem);
        return new StoreUnavailableException(problem);
    }

    private bool MayPass(NpgsqlException e, long began) => e.IsTransient && TimeProvider.System.GetElapsedTime(began) < _patience && health.UnreachableFor < _patience;
}
