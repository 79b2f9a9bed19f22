using Siamese.Client.Connections;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Galleries;

/// <summary>Polls until a gallery is ready, and reports its progress.</summary>
internal static class Readiness
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    /// <param name="ask">Asks once; a silo waits some seconds before it answers that the gallery is not ready.</param>
    /// <param name="progressOf">Gets the gallery's progress from the answer.</param>
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
                $"Version {progress.Version} has embedded {Figures.Count(progress.Embedded)} of {Figures.Of(progress.References, "enrolled image")}; finished embeddings are kept.");
            await Task.Delay(_pause, surroundings.Clock, surroundings.End);
        }
    }
}
