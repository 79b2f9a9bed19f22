using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Grains.Data;

namespace Siamese.Grains.Tests.Data;

public sealed class DataRootTests
{
    [Theory]
    [InlineData("/data/digits")]
    [InlineData("/data/digits/../faces")]
    public void Paths_below_the_root_are_read_within_it(string path)
    {
        var within = new DataRoot { IsEverywhere = false, Folder = "/data" }.Within(new DataSource { Path = path });

        Assert.True(within!.Holds("/data/anything.png"));
        Assert.False(within.Holds("/etc/passwd"));
    }

    [Theory]
    [InlineData("/data")]
    [InlineData("/database/digits")]
    [InlineData("/data/../etc")]
    [InlineData("/etc/passwd")]
    [InlineData("/no/such/folder")]
    public void Any_other_path_is_refused_in_the_same_words_whether_it_exists_or_not(string path)
    {
        foreach (var root in new[] { new DataRoot { IsEverywhere = false, Folder = "/data" }, new DataRoot { IsEverywhere = false } })
        {
            var refusal = Assert.Throws<BadInputException>(() => root.Within(new DataSource { Path = path }));
            Assert.Equal($"This silo does not read data at {path}: let the client upload it, or name a folder under the silo's data root.", refusal.Message);
        }
    }

    [Fact]
    public void The_local_silo_reads_every_path_and_embedded_data_needs_none()
    {
        Assert.Null(new DataRoot().Within(new DataSource { Path = "/etc" }));
        Assert.Null(new DataRoot { IsEverywhere = false }.Within(DataSource.MnistMini));
    }
}
