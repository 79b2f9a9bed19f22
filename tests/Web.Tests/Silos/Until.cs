namespace Siamese.Web.Tests.Silos;

/// <summary>Waits for what happens in a silo without an answer.</summary>
internal static class Until
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <exception cref="TimeoutException">It has not happened.</exception>
    public static async Task Holds(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(_patience);
        while (!condition())
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException("It has not happened.");
            await Task.Delay(10);
        }
    }
}
