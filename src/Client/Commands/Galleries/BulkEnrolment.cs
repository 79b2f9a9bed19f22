using Siamese.Client.Connections;
using Siamese.Client.Files;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Galleries;

namespace Siamese.Client.Commands.Galleries;

/// <summary>
/// Enrolls many images, some hundreds per call and several calls at a time. Images that cannot be enrolled are skipped and
/// reported. Idempotent: images that are already enrolled are not enrolled twice.
/// </summary>
internal sealed class BulkEnrolment(Surroundings surroundings, Calls calls)
{
    private const int CallsAtOnce = 3;

    /// <summary>Maximum number of bytes per call; a larger image is sent alone.</summary>
    private const long BytesPerCall = 8 << 20;

    private static readonly TimeSpan _period = TimeSpan.FromSeconds(3);

    private long _last = surroundings.Clock.GetTimestamp();

    /// <exception cref="BadInputException">The folder, the CSV or the ensemble cannot be used.</exception>
    public async Task<Enrolment> Run(string ensemble, ImagesToEnroll images)
    {
        var count = images.All.Count;
        foreach (var remark in images.Remarks)
            surroundings.Terminal.Error.WriteLine(remark);
        var (all, done) = (new Enrolment(0, 0, []), 0);
        var sent = new Queue<Task<Enrolment>>();
        try
        {
            foreach (var part in Parts(images.All))
            {
                if (sent.Count == CallsAtOnce)
                    Add(await sent.Dequeue());
                sent.Enqueue(Send(ensemble, part));
            }

            while (sent.TryDequeue(out var next))
                Add(await next);
        }
        finally
        {
            foreach (var abandoned in sent)
                abandoned.Ignore();
        }

        return all;

        void Add(Enrolment part)
        {
            all = new(all.Added + part.Added, all.Known + part.Known, [.. all.Problems, .. part.Problems]);
            done += part.Added + part.Known + part.Problems.Length;
            if (surroundings.Clock.GetElapsedTime(_last) < _period)
                return;
            _last = surroundings.Clock.GetTimestamp();
            surroundings.Terminal.Error.WriteLine($"{Figures.Count(done)} of {Figures.Count(count)} images processed.");
        }
    }

    private static IEnumerable<List<(string Name, string Path)>> Parts(IEnumerable<(string Name, string Path)> images)
    {
        var (part, bytes) = (new List<(string Name, string Path)>(), 0L);
        foreach (var image in images)
        {
            var length = ImageReading.Length(image.Path);
            if (part.Count == IIdentifyGrain.MaximumImages || (part.Count > 0 && bytes + length > BytesPerCall))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(image);
            bytes += length;
        }

        if (part.Count > 0)
            yield return part;
    }

    private async Task<Enrolment> Send(string ensemble, List<(string Name, string Path)> part)
    {
        var (images, problems) = (new List<NamedImage>(), new List<string>());
        foreach (var (name, path) in part)
        {
            try
            {
                images.Add(new(name, await ImageReading.Read(path, surroundings.End)));
            }
            catch (BadInputException e)
            {
                problems.Add(e.Message);
            }
        }

        if (images.Count == 0)
            return new(0, 0, [.. problems]);
        var enrolled = await calls.MakeLarge((cluster, token) => cluster.Identifying(ensemble).Enroll([.. images], wholly: false, token), surroundings.End);
        return enrolled with { Problems = [.. problems, .. enrolled.Problems] };
    }
}
