using System.Runtime.InteropServices;
using Siamese.Contracts.Backbones;
using Siamese.Grains.Backbones;
using Siamese.Grains.Tests.Clusters;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Images;

namespace Siamese.Grains.Tests.Backbones;

/// <summary>Several silos that compute the features of the same images at once.</summary>
public sealed class FeatureRunTests : IAsyncLifetime
{
    private const int Images = 1000;

    private static readonly BackboneShape _shape = new(new BackboneName("small", "out", 2, new string('a', 64)));

    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start(silos: 2);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Each_image_is_computed_once_however_many_silos_need_it()
    {
        var backbones = Enumerable.Range(0, 3).Select(_ => new CountingBackbone()).ToArray();

        var features = await Task.WhenAll(backbones.Select((backbone, i) => Run(backbone, $"silo {i}")));

        Assert.Equal(Images, backbones.Sum(backbone => backbone.Embedded));
        Assert.All(features, its => Assert.Equal(Expected(), its));
        Assert.True(backbones.Count(backbone => backbone.Embedded > 0) > 1, "One silo computed everything.");
        var later = new CountingBackbone();
        Assert.Equal(Expected(), await Run(later, "later"));
        Assert.Equal(0, later.Embedded);
    }

    [Fact]
    public async Task What_a_silo_that_died_had_claimed_is_computed_by_another()
    {
        // It claims images and never comes back.
        var lost = await Index.Claim("dead", [.. Enumerable.Range(0, 100).Select(Hash)], new(0, Images), default);
        Assert.All(lost, place => Assert.True(place.IsYours));
        var survivor = new CountingBackbone();

        var running = Run(survivor, "survivor");
        await Until(() => survivor.Embedded == Images - 100);
        Assert.Equal(Images, (await Index.GetProgress(default))!.All);
        _cluster.Clock.PutForward(TimeSpan.FromSeconds(31));

        Assert.Equal(Expected(), await running);
        Assert.Equal(Images, survivor.Embedded);
    }

    [Fact]
    public async Task Features_that_are_lost_from_the_store_are_computed_again()
    {
        Assert.Equal(Expected(), await Run(new CountingBackbone(), "first"));
        Directory.Delete(_cluster.BlobFolder, recursive: true);
        var again = new CountingBackbone();

        Assert.Equal(Expected(), await Run(again, "again"));
        Assert.Equal(Images, again.Embedded);
    }

    [Fact]
    public async Task Images_that_cannot_be_read_have_no_features()
    {
        var backbone = new CountingBackbone();
        var features = new byte[3 * _shape.Bytes];

        await Task.Run(() => NewRun(backbone, "one").Fill(3, (i, _, pixels) => i != 1 && Read(i, pixels), features, default));

        Assert.Equal(2, backbone.Embedded);
        Assert.Equal([.. Expected()[..2], 0, 0, .. Expected()[4..6]], MemoryMarshal.Cast<byte, float>(features).ToArray());
    }

    [Fact]
    public async Task Equal_images_are_computed_once()
    {
        var backbone = new CountingBackbone();
        var features = new byte[Images * _shape.Bytes];

        await Task.Run(() => NewRun(backbone, "one").Fill(Images, (i, _, pixels) => Read(i % 10, pixels), features, default));

        Assert.Equal(10, backbone.Embedded);
        Assert.Equal(Expected()[..20], MemoryMarshal.Cast<byte, float>(features)[^20..].ToArray());
    }

    private IFeatureIndexGrain Index => _cluster.Client.GetGrain<IFeatureIndexGrain>(_shape.Name.Manifest);

    private FeatureRun NewRun(CountingBackbone backbone, string claimant) => new(backbone, _shape, claimant, Index, _cluster.Blobs, _cluster.Clock);

    private async Task<float[]> Run(CountingBackbone backbone, string claimant)
    {
        var features = new byte[Images * _shape.Bytes];
        await Task.Factory.StartNew(() => NewRun(backbone, claimant).Fill(Images, (i, _, pixels) => Read(i, pixels), features, default), TaskCreationOptions.LongRunning);
        return MemoryMarshal.Cast<byte, float>(features).ToArray();
    }

    private static async Task Until(Func<bool> condition)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TestCluster.Patience, "It takes too long.");
            await Task.Delay(20);
        }
    }

    private static bool Read(int index, Span<byte> pixels)
    {
        (pixels[0], pixels[1]) = ((byte)index, (byte)(index >> 8));
        return true;
    }

    private static UInt128 Hash(int index)
    {
        var pixels = new byte[CountingBackbone.Shape.Bytes];
        Read(index, pixels);
        return System.IO.Hashing.XxHash128.HashToUInt128(pixels);
    }

    private static float[] Expected() => [.. Enumerable.Range(0, Images).SelectMany(i => new[] { i & 255, i >> 8 }).Select(value => (float)value)];

    /// <summary>The first two bytes of an image as its features.</summary>
    private sealed class CountingBackbone : IBackbone
    {
        private int _embedded;

        public static ImageShape Shape { get; } = new(2, 2);

        public int Embedded => Volatile.Read(ref _embedded);

        public ImageShape Input => Shape;

        public int Width => 2;

        public string Name => "small";

        public string Layer => "out";

        public void Embed(ReadOnlySpan<byte> pixels, Span<float> features)
        {
            var count = pixels.Length / Shape.Bytes;
            Interlocked.Add(ref _embedded, count);
            // Long enough that others get their turn.
            Thread.Sleep(count);
            for (var i = 0; i < count; i++)
                (features[2 * i], features[(2 * i) + 1]) = (pixels[i * Shape.Bytes], pixels[(i * Shape.Bytes) + 1]);
        }
    }
}
