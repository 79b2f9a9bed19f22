using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.References;

namespace Siamese.Client.Tests;

/// <summary>A gallery in memory: an image with a first byte of 0 is blank; the distance of two images is that of their first bytes.</summary>
internal sealed class FakeGallery : IIdentifyGrain, IGalleryGrain
{
    private readonly HashSet<(string Name, byte Image)> _enrolled = [];

    /// <summary>The number of images in each call.</summary>
    public List<int> Enrolments { get; } = [];

    /// <summary>The number of calls that find the gallery not ready yet.</summary>
    public int Unready { get; set; }

    public int? Version { get; private set; }

    public IEnumerable<string> Names => _enrolled.Select(reference => $"{reference.Name} {reference.Image}").Order(StringComparer.Ordinal);

    public Task<Enrolment> Enroll(ImmutableArray<NamedImage> images, bool wholly, CancellationToken cancellation)
    {
        lock (_enrolled)
        {
            Enrolments.Add(images.Length);
            ImmutableArray<string> problems = [.. images.Where(image => image.File.Bytes[0] == 0).Select(image => $"{image.File.Name} is blank.")];
            if (wholly && !problems.IsEmpty)
                throw new BadInputException(problems[0]);
            var added = images.Count(image => image.File.Bytes[0] != 0 && _enrolled.Add((image.Name, image.File.Bytes[0])));
            return Task.FromResult(new Enrolment(added, images.Length - added - problems.Length, problems));
        }
    }

    public Task<IdentifyAnswer> Identify(ImageFile image, int top, int? version, CancellationToken cancellation)
    {
        Version = version;
        var progress = Progress();
        var matches = _enrolled.GroupBy(reference => reference.Name, (name, its) => (Name: name, Distance: its.Min(reference => Math.Abs(reference.Image - image.Bytes[0])))).OrderBy(near => near.Distance).Take(top)
            .Select(near => new Match(near.Name, new string('a', 64), near.Distance <= 1 ? Relation.Same : Relation.Different, near.Distance, 1.0 / (1 + near.Distance)));
        return Task.FromResult(new IdentifyAnswer(progress.IsReady ? new Identification
        {
            Matches = [.. matches],
            Threshold = 1.02,
            Ensemble = "mine",
            Version = version ?? 4,
            References = _enrolled.Count,
            Milliseconds = 7.2,
        } : null, progress));
    }

    public Task<Verdict> Verify(ImageFile image, string name, VerdictTerms terms, CancellationToken cancellation) => _enrolled.Any(reference => reference.Name == name)
        ? Task.FromResult(Some.Verdict("mine") with { Members = [], References = new(_enrolled.Count(reference => reference.Name == name), 2, ReferenceRule.Mean, [.. _enrolled.Where(reference => reference.Name == name).Select(reference => (double)reference.Image)]) })
        : throw new BadInputException($"Nobody is enrolled as '{name}'.");

    public Task<GalleryProgress> Prepare(int? version, CancellationToken cancellation) => Task.FromResult(Progress());

    public Task<Forgotten> Forget(string name, CancellationToken cancellation) =>
        Task.FromResult(new Forgotten(_enrolled.RemoveWhere(reference => reference.Name == name), 1000));

    public Task<ImmutableArray<EnrolledName>> GetNames(CancellationToken cancellation) => Task.FromResult<ImmutableArray<EnrolledName>>(
        [.. _enrolled.CountBy(reference => reference.Name).OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => new EnrolledName(name.Key, name.Value))]);

    private GalleryProgress Progress() => Unready-- > 0 ? new(4, 512, 1200, IsReady: false) : new(4, 1200, 1200, IsReady: true);
}
