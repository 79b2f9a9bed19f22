using Siamese.Contracts.Wording;

namespace Siamese.Client.Tests.Wording;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("samples/7-0123.png", "samples/7-0123.png")]
    [InlineData("my samples/7.png", "'my samples/7.png'")]
    [InlineData("b'c/7.png", @"'b'\''c/7.png'")]
    [InlineData("$HOME/7.png", "'$HOME/7.png'")]
    public void A_path_can_be_pasted_into_a_shell(string path, string word) => Assert.Equal(word, ShellWord.Of(path));
}
