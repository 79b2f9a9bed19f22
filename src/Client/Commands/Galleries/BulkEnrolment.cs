using Siamese.Client.Connections;
using Siamese.Client.Files;
using Siamese.Contracts;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Galleries;

/// <summary>
/// Enrolls many images, some hundreds per call and several calls at a time. Images that cannot be enrolled are skipped and
/// reported. Idempotent: images that are already enrolled are not enrolled twice.
/// </summary>
internal sealed class BulkEnrolment(Surroundings surroundings, Calls calls)
{
    private const int CallsAtOnce = 3;

    /// <exception cref="BadInputException">The folder, the CSV or the ensemble cannot be used.</exception>
    public async Task<Enrolment> Run(string ensemble, ImagesToEnroll images)
    {
        var count = images.All.Count;
        foreach (var remark in images.Remarks)
            surroundings.Terminal.Error.WriteLine(remark);
        using var progress = new ProgressLine(surroundings);
        var (all, done) = (new Enrolment(0, 0, []), 0);
        await CallsInOrder.Make(ImageParts.Of(images.All, image => image.Path, IIdentifyGrain.MaximumImages), CallsAtOnce, part => Send(ensemble, part), Add);
        return all;

        void Add(Enrolment part)
        {
            all = new(all.Added + part.Added, all.Known + part.Known, [.. all.Problems, .. part.Problems]) { Shared = [.. all.Shared, .. part.Shared] };
            done += part.Added + part.Known + part.Problems.Length;
            progress.Say((double)done / count, () => $"{Figures.Count(done)} of {Figures.Count(count)} images processed.");
        }
    }

    private async Task<Enrolment> Send(string ensemble, IReadOnlyList<(string Name, string Path)> part)
    {
        var (read, unread) = await ImageReading.ReadAll(part, image => image.Path, ImageReading.ReadWithStrokes, surroundings.End);
        var problems = unread.Select(image => image.Problem);
        if (read.Count == 0)
            return new(0, 0, [.. problems]);
        var images = read.Select(image => new NamedImage(image.Image.Name, image.File));
        var enrolled = await calls.MakeLarge((cluster, token) => cluster.Identifying(ensemble).Enroll([.. images], wholly: false, token), surroundings.End);
        return enrolled with { Problems = [.. problems, .. enrolled.Problems] };
    }
}
