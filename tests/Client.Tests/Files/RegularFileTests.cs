using System.Diagnostics;
using Siamese.Contracts.Data;

namespace Siamese.Client.Tests.Files;

public sealed class RegularFileTests : IDisposable
{
    private readonly ClientRun _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void A_file_is_read_up_to_a_limit()
    {
        var path = _client.Write("ten", "0123456789");

        Assert.Equal("0123456789"u8.ToArray(), RegularFile.Read(path, 10));
        Assert.Null(RegularFile.Read(path, 9));
        Assert.Empty(RegularFile.Read(_client.Write("none", ""), 9)!);
        Assert.Throws<FileNotFoundException>(() => RegularFile.Read(path + "x", 9));
    }

    [Fact]
    public async Task A_link_is_read_as_what_it_leads_to()
    {
        var (ten, pipe) = (_client.Write("ten", "0123456789"), Path.Combine(_client.Home, "pipe"));
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync();
        string Link(string name, string to) => File.CreateSymbolicLink(Path.Combine(_client.Home, name), to).FullName;
        var twice = Link("b", Link("a", ten));

        Assert.Equal("0123456789"u8.ToArray(), RegularFile.Read(twice, 10));
        Assert.Equal("0123456789"u8.ToArray(), RegularFile.Read(Link("relative", "ten"), 10));
        Assert.Null(RegularFile.Read(twice, 9));
        Assert.Empty(RegularFile.Read(Link("to-pipe", pipe), 9)!);
        Assert.Empty(RegularFile.Read(Link("to-zero", "/dev/zero"), 9)!);
        Assert.ThrowsAny<IOException>(() => RegularFile.Read(Link("nowhere", "/no/such"), 9));
        Assert.ThrowsAny<IOException>(() => RegularFile.Read(Link("loop", "loop"), 9));
        Assert.Equal("text", RegularFile.ReadText("--x", _client.Write("marked", "\ufefftext"), 100));
    }

    [Fact]
    public async Task Pipes_and_devices_are_refused_wherever_a_file_is_named()
    {
        var pipe = Path.Combine(_client.Home, "pipe.png");
        _client.Write("x", "");
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync();
        Directory.CreateDirectory(Path.Combine(_client.Home, "folder"));
        File.CreateSymbolicLink(Path.Combine(_client.Home, "folder", "manifest.json"), "/dev/zero");
        _client.Cluster.Entries.Add(Some.Entry("mine"));

        string[][] lines =
        [
            ["verdict", pipe, "/dev/zero"], ["enroll", "anna", "/dev/zero"], ["enroll", "anna", pipe], ["identify", pipe], ["verdict", "--pairs", pipe, "--out", "o.csv"],
            ["import", Path.Combine(_client.Home, "folder")], ["sweep", "--space", "/dev/zero"], ["sweep", "--space", pipe], ["feedback", "--from", pipe], ["sweep", "--data", pipe],
        ];
        foreach (var line in lines)
            Assert.True(await _client.Run(line).WaitAsync(TimeSpan.FromSeconds(20)) == 2, $"{string.Join(' ', line)}: {_client.Error}");
    }
}
