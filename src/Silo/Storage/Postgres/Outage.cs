using Npgsql;

namespace Siamese.Silo.Storage.Postgres;

/// <summary>
/// Retries while a PostgreSQL server restarts, and when pooled connections died with it. An attempt must be repeatable: a
/// call that succeeded but was cut off before it could report so is repeated.
/// </summary>
internal static class Outage
{
    /// <summary>Less than the 30 s after which the caller of a grain gives up.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <param name="attempt">Repeated for as long as it fails because no server is available.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<T> Await<T>(Func<Task<T>> attempt, CancellationToken cancellation)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                return await attempt();
            }
            catch (NpgsqlException e) when (IsOutage(e, began) && !cancellation.IsCancellationRequested)
            {
                await Task.Delay(_pause, TimeProvider.System, cancellation);
            }
        }
    }

    /// <summary>The same on a thread that may block.</summary>
    public static void Await(Action attempt, CancellationToken cancellation)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                attempt();
                return;
            }
            catch (NpgsqlException e) when (IsOutage(e, began) && !cancellation.IsCancellationRequested)
            {
                cancellation.WaitHandle.WaitOne(_pause);
            }
        }
    }

    private static bool IsOutage(NpgsqlException e, long began) => e.IsTransient && TimeProvider.System.GetElapsedTime(began) < _patience;
}
