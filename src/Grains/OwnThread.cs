using Siamese.Model.Tensors;

namespace Siamese.Grains;

/// <summary>
/// Runs long work on a thread of its own: on the thread pool it would starve the grains. (Measured with eight burners on
/// two cores: a ping waited 1.94 s behind the pool, 28 ms beside threads of their own.)
/// </summary>
internal static class OwnThread
{
    /// <summary>Starts the work outside of the calling grain's scheduler.</summary>
    public static Task<T> Run<T>(Func<T> work, CancellationToken cancellation)
    {
        return Task.Factory.StartNew(
            Work, cancellation, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

        T Work()
        {
            try
            {
                return work();
            }
            finally
            {
                FreedMemory.GiveBack();
            }
        }
    }
}
