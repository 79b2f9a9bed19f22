using Siamese.Client.Tests.LocalSilo;
using Siamese.Contracts.Data;

namespace Siamese.Client.Tests.Commands.Uploads;

public sealed class UploadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ClientRun _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private FakeUploads Uploads => _client.Cluster.TheUploads;

    private DataSource Submitted => _client.Sweep.Submitted!.Data;

    [Fact]
    public async Task A_named_silo_gets_the_files_and_a_sweep_on_them()
    {
        _folder.File("signatures/a/1.png", "one");
        _folder.File("signatures/b/2.png", "two");

        Assert.Equal(0, await Sweep("signatures", "--split-by", "class"));

        Assert.Equal((null, "signatures", SplitBy.Class), (Submitted.Path, Submitted.Name, Submitted.SplitBy));
        Assert.Equal(64, Submitted.Manifest!.Length);
        Assert.Equal(["a/1.png", "b/2.png"], Uploads.Files().Keys);
        Assert.Equal("two"u8.ToArray(), Uploads.Files()["b/2.png"]);
        Assert.Contains("Uploaded signatures: 0.0 MB.\n", _client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_local_silo_reads_the_path_itself()
    {
        _folder.File("signatures/a/1.png");
        _client.Sweep.Answer(Some.Completed(Some.Trial()));

        Assert.Equal(0, await _client.Run("sweep", "--data", $"{_folder.Path}/signatures"));

        Assert.Equal(($"{_folder.Path}/signatures", null), (Submitted.Path, Submitted.Manifest));
        Assert.Empty(Uploads.Sealed);
    }

    [Fact]
    public async Task Without_data_nothing_is_uploaded()
    {
        _client.Sweep.Answer(Some.Completed(Some.Trial()));
        Assert.Equal(0, await _client.Run("sweep", "--silo", "10.0.0.7:30000"));
        Assert.Equal(DataSource.MnistMini, Submitted);
    }

    [Fact]
    public async Task Uploading_the_same_data_again_sends_no_pieces()
    {
        Write("data/a/1.png", 100);
        Assert.Equal(0, await Sweep("data"));
        var (first, sent) = (Submitted, Uploads.Sent.Count);

        Assert.Equal(0, await Sweep("data"));

        Assert.Equal(first, Submitted);
        Assert.Equal(sent, Uploads.Sent.Count);
    }

    [Fact]
    public async Task An_interrupted_upload_continues_where_it_was()
    {
        Write("data/a/1.png", 12 * UploadLimits.PieceBytes);
        Uploads.BeforePut = sent =>
        {
            if (sent == 6)
                throw new IOException("The line is cut.");
        };
        Assert.NotEqual(0, await Sweep("data"));
        Assert.Null(_client.Sweep.Submitted);
        var before = Uploads.Pieces.Count;
        Assert.InRange(before, 6, 11);
        Uploads.BeforePut = _ => { };
        Uploads.Sent.Clear();

        Assert.Equal(0, await Sweep("data"));

        Assert.Equal(12 - before, Uploads.Sent.Count);
        Assert.Equal(await File.ReadAllBytesAsync($"{_folder.Path}/data/a/1.png"), Uploads.Files()["a/1.png"]);
    }

    [Fact]
    public async Task Fast_pieces_are_sent_a_few_at_a_time()
    {
        Write("data/a/1.png", 12 * UploadLimits.PieceBytes);
        var atOnce = new Queue<int>([1, 2, 4, 4, 1]);
        var all = new TaskCompletionSource();
        // No call takes longer than it may while the pieces wait for each other.
        _client.Clock.IsStill = true;
        Uploads.OnTheWay = inFlight =>
        {
            // Pieces are sent from several threads.
            lock (atOnce)
            {
                var these = all;
                if (atOnce.TryPeek(out var awaited) && inFlight == awaited)
                {
                    atOnce.Dequeue();
                    all = new();
                    _client.Clock.IsStill = atOnce.Count > 0;
                    these.SetResult();
                }

                return these.Task;
            }
        };

        Assert.Equal(0, await Sweep("data"));

        Assert.Empty(atOnce);
        Assert.Equal(4, Uploads.MostInFlight);
    }

    [Fact]
    public async Task Pieces_that_arrived_before_an_unanswered_call_are_not_sent_again()
    {
        Write("data/a/1.png", 6 * UploadLimits.PieceBytes);
        var tries = 0;
        Uploads.BeforePut = _ =>
        {
            if (++tries == 3)
                throw new TimeoutException();
        };

        Assert.Equal(0, await Sweep("data"));

        Assert.Equal((7, 6, 6), (tries, Uploads.Sent.Count, Uploads.Sent.Distinct().Count()));
    }

    [Fact]
    public async Task A_piece_that_vanished_before_the_end_is_sent_again()
    {
        Write("data/a/1.png", 100);
        Uploads.BeforeSeal = () =>
        {
            Uploads.BeforeSeal = () => { };
            Uploads.Pieces.Clear();
        };

        Assert.Equal(0, await Sweep("data"));

        Assert.Equal(2, Uploads.Sent.Count);
        Assert.Single(Uploads.Sealed);
    }

    [Fact]
    public async Task A_cluster_that_keeps_no_pieces_is_reported()
    {
        Write("data/a/1.png", 100);
        Uploads.BeforeSeal = Uploads.Pieces.Clear;

        Assert.Equal(3, await Sweep("data"));

        Assert.Contains("did not keep the uploaded pieces of data", _client.Error, StringComparison.Ordinal);
        Assert.Null(_client.Sweep.Submitted);
    }

    [Fact]
    public async Task Bad_data_exits_with_2_before_anything_is_sent()
    {
        _folder.File("1.png");
        _folder.File("pairs.csv", "1.png,2.png,1\n");
        _folder.File("nothing/notes.txt");

        Assert.Equal(2, await Sweep("pairs.csv", "--label-means", "same"));
        Assert.Contains("row 1 names '2.png'", _client.Error, StringComparison.Ordinal);
        Assert.Equal(2, await Sweep("nothing"));
        Assert.Contains("contains no PNG", _client.Error, StringComparison.Ordinal);
        Assert.Empty(Uploads.Sent);
    }

    [Fact]
    public async Task Slow_pieces_are_sent_one_at_a_time_and_progress_is_shown()
    {
        Write("data/a/1.png", 4 * UploadLimits.PieceBytes);
        Uploads.BeforePut = _ => _client.Clock.PutForward(TimeSpan.FromSeconds(3));

        Assert.Equal(0, await Sweep("data"));

        Assert.Equal(
            ["Uploading data: 2.1 MB of 8.4 MB.", "Uploading data: 4.2 MB of 8.4 MB.", "Uploading data: 6.3 MB of 8.4 MB.", "Uploaded data: 8.4 MB."],
            _client.Error.Split('\n').Where(line => line.StartsWith("Upload", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Samples_of_your_own_data_are_drawn_from_the_upload()
    {
        _folder.File("data/a/1.png");
        Assert.Equal(0, await _client.Run("sample", "--data", $"{_folder.Path}/data", "--out", $"{_folder.Path}/out", "--silo", "10.0.0.7:30000"));
        Assert.Single(Uploads.Sealed);
    }

    private Task<int> Sweep(string data, params string[] more)
    {
        _client.Sweep.Answer(Some.Completed(Some.Trial()));
        return _client.Run(["sweep", "--data", $"{_folder.Path}/{data}", "--silo", "10.0.0.7:30000", .. more]);
    }

    private void Write(string name, int length)
    {
        var path = _folder.File(name);
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(path, bytes);
    }
}
