using System.Net;
using System.Text.RegularExpressions;
using Siamese.Contracts.Access;
using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Pages;

/// <summary>The pages of data sets, as a browser without scripts has them.</summary>
public sealed partial class DataPageTests(DataSilo silo) : IClassFixture<DataSilo>, IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new() { BaseAddress = silo.Address };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("siamese-data-");

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_lists_the_data_of_sweeps_and_shows_the_counts_of_each_class_with_pictures()
    {
        await silo.Train();

        var list = await _http.GetStringAsync("data");
        var row = Html.Rows(list).Single(row => row[0].StartsWith("mnist-mini", StringComparison.Ordinal));
        Assert.Equal(["built in", "10", "1,000", "1,000", "10,000"], row[1..6]);
        Assert.Contains(ApiSilo.Ensemble, row[6], StringComparison.Ordinal);

        var page = await Known("mnist-mini");
        var rows = Html.Rows(page).Where(row => row.Length == 5).ToArray();
        Assert.Equal(["Class", "Some of its images", "Training", "Validation", "Test"], rows[0]);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], rows[1..].Select(of => of[0]));
        Assert.Equal((1000, 1000, 10_000), (Sum(2), Sum(3), Sum(4)));
        Assert.Contains("Split by image:", Html.Text(page), StringComparison.Ordinal);
        Assert.Contains("Nothing was left out.", Html.Text(page), StringComparison.Ordinal);
        Assert.Contains("training and test", Html.Text(page), StringComparison.Ordinal);
        Assert.Equal(120, Pictures(page).Length);

        int Sum(int column) => rows[1..].Sum(of => int.Parse(of[column], System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_picture_shows_the_image_and_is_kept_by_a_browser()
    {
        await silo.Train();
        var picture = Pictures(await Known("mnist-mini"))[0];

        using var answer = await _http.GetAsync(picture);
        var pixels = ImageReader.Read(await answer.Content.ReadAsByteArrayAsync(), "picture", ImageShape.Digits);

        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["immutable", "max-age=31536000", "private"], answer.Headers.CacheControl!.ToString().Split(", ").Order());
        Assert.Contains(pixels, pixel => pixel > 200);
        using var none = await _http.GetAsync(picture.Replace("training/", "training/9999", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var odd = await _http.GetAsync(picture.Replace("training/", "other/", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, odd.StatusCode);
    }

    [Fact]
    public async Task Pictures_are_for_those_who_may_train()
    {
        await silo.Train();
        using var reader = await silo.Connect("datalooker1", Role.Read);
        var address = await Address("mnist-mini");
        var picture = Pictures(await Known("mnist-mini"))[0];

        var page = await reader.GetStringAsync(new Uri(silo.Address, address));
        using var refused = await reader.GetAsync(new Uri(silo.Address, picture));

        Assert.Empty(Pictures(page));
        Assert.Contains("Pictures need a key with the right to train.", Html.Text(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Look_alikes_in_two_splits_and_what_was_left_out_are_found_in_a_folder()
    {
        await WriteFolder();
        await silo.Grains.GetGrain<ISweepGrain>("folder").Submit(
            new SweepRequest { Data = new DataSource { Path = _folder.FullName, SkipsUnreadable = true }, Space = SearchSpace.Of(("epochs", [2]), ("steps", [20])), Seeds = [1] }, CancellationToken.None);
        await silo.Until("folder", SweepPhase.Completed, SweepPhase.Rejected);
        Assert.Null((await silo.Grains.GetGrain<ISweepGrain>("folder").GetProgress(0, CancellationToken.None)).Problem);

        var page = await Known(_folder.Name);

        var text = Html.Text(page);
        Assert.Contains("broken.png", text, StringComparison.Ordinal);
        Assert.Contains("at a path of the silos", text, StringComparison.Ordinal);
        var counts = Html.Rows(page).Where(row => row.Length == 2).ToDictionary(row => row[0], row => row[1]);
        Assert.Equal("1", counts["training and test"]);
        Assert.Equal("0", counts["within training"]);
        Assert.Matches(@"first, training image \d+; first, test image \d+\. They differ by \d\.\d\d %", text);
        using var larger = await _http.GetAsync(Pictures(page)[0]);
        Assert.Equal(40, (await larger.Content.ReadAsByteArrayAsync())[19]);
    }

    [Fact]
    public async Task Vectors_are_counted_and_drawn_and_two_of_them_are_tried()
    {
        var (random, path) = (new Random(3), Path.Combine(_folder.FullName, "features.csv"));
        await File.WriteAllTextAsync(path, "label,f0,f1,f2\n" + string.Concat(Enumerable.Range(0, 240).Select(i => FormattableString.Invariant($"class {i % 3},{(i % 3) + (0.1 * random.NextDouble())},{random.NextDouble()},1\n"))));
        await silo.Grains.GetGrain<ISweepGrain>("vectors").Submit(
            new SweepRequest { Data = new DataSource { Path = path }, Space = SearchSpace.Of(("encoder", ["linear"]), ("epochs", [2]), ("steps", [20])), Seeds = [1] }, CancellationToken.None);
        await silo.Until("vectors", SweepPhase.Completed, SweepPhase.Rejected);
        Assert.Null((await silo.Grains.GetGrain<ISweepGrain>("vectors").GetProgress(0, CancellationToken.None)).Problem);
        using var limit = new CancellationTokenSource(_patience);
        string page;
        while (!(page = await _http.GetStringAsync(await Address("features.csv"), limit.Token)).Contains("Vectors are not compared", StringComparison.Ordinal))
            await Task.Delay(50, limit.Token);

        Assert.Contains("vectors of 3 numbers each", Html.Text(page), StringComparison.Ordinal);
        using var picture = await _http.GetAsync(Pictures(page)[0]);
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);

        var samples = await silo.Grains.GetGrain<ISampleGrain>(0).Draw(new DataSource { Path = path }, 4, 1, CancellationToken.None);
        Assert.All(samples, sample => Assert.Equal((".npy", 0x93, 0x89), (sample.Extension, sample.File[0], sample.Picture[0])));
        var tried = Html.Text(await _http.GetStringAsync("try?ensemble=vectors&samples=4"));
        Assert.Contains("class 0", tried, StringComparison.Ordinal);
        var verdict = await silo.Grains.GetGrain<Contracts.Ensembles.IVerdictGrain>("vectors").Judge(
            new("a.npy", samples[0].File), new("b.npy", samples[2].File), Contracts.Ensembles.VerdictTerms.Default, CancellationToken.None);
        Assert.Equal(samples[0].Label == samples[2].Label, verdict.Relation is Contracts.Pairs.Relation.Same);
    }

    [Theory]
    [InlineData("data/0123", "No sweep uses a data set '0123'.")]
    [InlineData("data?page=9", "There is no page 9")]
    public async Task What_is_not_there_is_not_found_as_a_page(string address, string explanation)
    {
        using var answer = await _http.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(explanation, Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_no_sweep_uses_is_listed()
    {
        var uploads = silo.Grains.GetGrain<IUploadGrain>(0);
        var piece = await uploads.Put([1, 2, 3], CancellationToken.None);
        var upload = await uploads.Seal([.. new DataManifest([new("a/1.png", 3, piece)], [new(3, piece)], null, null).Write()], CancellationToken.None);

        var text = Html.Text(await _http.GetStringAsync("data"));

        Assert.Contains($"Uploads that no sweep uses They are removed about a day after they were made. {upload.Manifest[..8]} just now", text, StringComparison.Ordinal);
    }

    /// <summary>Two classes of noise, with a training image that is nearly the same as a test image, and a broken file.</summary>
    private async Task WriteFolder()
    {
        var (shape, random) = (new ImageShape(40, 40), new Random(7));
        foreach (var part in new[] { "train", "val", "test" })
        {
            foreach (var name in new[] { "first", "second" })
            {
                var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, part, name)).FullName;
                for (var image = 0; image < 4; image++)
                    await File.WriteAllBytesAsync(Path.Combine(folder, $"{image}.png"), PngWriter.Write(Noise(name is "first" ? 0 : 128), shape));
            }
        }

        var twin = Noise(0);
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "train", "first", "twin.png"), PngWriter.Write(twin, shape));
        twin[500] ^= 0x30;
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "test", "first", "twin.png"), PngWriter.Write(twin, shape));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "train", "first", "broken.png"), "not an image");

        // One class is darker than the other, so that a trial learns to tell them apart on every processor.
        byte[] Noise(int darkest)
        {
            var pixels = new byte[shape.Area];
            random.NextBytes(pixels);
            return Array.ConvertAll(pixels, pixel => (byte)(darkest + (pixel / 2)));
        }
    }

    /// <summary>The page of a data set when all is known of it.</summary>
    private async Task<string> Known(string name)
    {
        var address = await Address(name);
        using var limit = new CancellationTokenSource(_patience);
        while (true)
        {
            var page = await _http.GetStringAsync(address, limit.Token);
            if (page.Contains("id=\"look-alikes-table\"", StringComparison.Ordinal))
                return page;
            await Task.Delay(50, limit.Token);
        }
    }

    private async Task<string> Address(string name)
    {
        var known = await silo.Grains.GetGrain<IDataSetsGrain>(0).List(CancellationToken.None);
        return $"data/{known.Used.Single(data => data.Name == name).Fingerprint}";
    }

    /// <summary>The addresses of a page's pictures, from the start.</summary>
    private static string[] Pictures(string page) => [.. Picture().Matches(page).Select(match => match.Groups["address"].Value)];

    [GeneratedRegex("<img src=\"\\.\\./(?<address>data/[0-9a-f]{64}/pictures/[a-z]+/[0-9]+\\.png)\" alt=\"[^\"]+\" title=\"[^\"]+\" width=\"48\" height=\"48\" loading=\"lazy\"")]
    private static partial Regex Picture();
}
