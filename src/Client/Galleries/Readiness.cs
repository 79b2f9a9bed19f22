using Siamese.Client.Connections;
using Siamese.Client.Output;
using Siamese.Contracts.Galleries;

namespace Siamese.Client.Galleries;

/// <summary>Asks until a gallery is ready, and says how far it is.</summary>
internal static class Readiness
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    /// <param name="ask">Asks once; a silo waits some seconds before it says that it is not ready.</param>
    /// <param name="progressOf">What it says of the gallery.</param>
    public static async Task<T> Wait<T>(
        Surroundings surroundings, Calls calls, Func<ICluster, CancellationToken, Task<T>> ask, Func<T, GalleryProgress> progressOf)
    {
        while (true)
        {
            var answer = await calls.Make(ask, surroundings.End);
            var progress = progressOf(answer);
            if (progress.IsReady)
                return answer;
            surroundings.Terminal.Error.WriteLine(
                $"Version {progress.Version} has seen {Figures.Count(progress.Embedded)} of {Figures.Of(progress.References, "enrolled image")}; what it has seen is kept.");
            await Task.Delay(_pause, surroundings.Clock, surroundings.End);
        }
    }
}
