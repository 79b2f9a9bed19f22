using Npgsql;

namespace Siamese.Silo.Storage;

/// <summary>
/// Waits out a PostgreSQL server that is being restarted, and connections of the pool that have died with it. What is done
/// here may be done again: a call that has come through and was cut off before it could say so is repeated.
/// </summary>
internal static class Outage
{
    /// <summary>Less than the 30 s after which whoever called the grain gives up.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <param name="attempt">Repeated for as long as it fails for want of a server.</param>
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

    /// <summary>The same on a thread that may be blocked.</summary>
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
