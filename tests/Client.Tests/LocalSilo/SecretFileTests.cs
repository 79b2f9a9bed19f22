using Siamese.Contracts;
using Siamese.Contracts.Local;

namespace Siamese.Client.Tests.LocalSilo;

public sealed class SecretFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_secret_is_made_once_and_only_its_user_can_read_it()
    {
        var secret = SecretFile.ReadOrMake(_folder.Path);

        Assert.Equal(SecretFile.Bytes, secret.Length);
        Assert.Equal(secret, SecretFile.ReadOrMake(_folder.Path));
        Assert.Equal(secret, SecretFile.Read(SecretFile.PathIn(_folder.Path)));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SecretFile.PathIn(_folder.Path)));
    }

    /// <summary>An empty secret would admit everybody.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("not hexadecimal, but as long as a secret has to be, 64 characters")]
    public void Anything_else_is_refused(string content)
    {
        File.WriteAllText(SecretFile.PathIn(_folder.Path), content);

        Assert.Contains("is not a secret", Assert.Throws<BadInputException>(() => SecretFile.ReadOrMake(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_folder_is_closed_with_its_files_but_not_what_links_lead_to()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        using var outside = new TemporaryFolder();
        var (inside, other) = (Path.Combine(_folder.Path, "siamese.db"), Path.Combine(outside.Path, "other"));
        foreach (var file in new[] { inside, other })
        {
            File.WriteAllText(file, "");
            File.SetUnixFileMode(file, Open);
        }

        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), other);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "dangling"), "/no/such/file");
        File.SetUnixFileMode(_folder.Path, Open | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);

        Assert.True(PrivateFolder.Make(_folder.Path));
        Assert.False(PrivateFolder.Make(_folder.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(inside));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
        Assert.Equal(Open, File.GetUnixFileMode(other));
    }
}
