using Siamese.Client.Words;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Tests.Words;

public sealed class OptionNamesTests
{
    [Theory]
    [InlineData("'margin': 0 is not above 0.", "--margins: 0 is not above 0.")]
    [InlineData("try 'balance' 0.5", "try --balances 0.5")]
    [InlineData("Use 'shards' 1.", "Use --shards 1.")]
    [InlineData("'momentum' would have no effect, because it applies only to 'optimizer' sgd.", "--momentums would have no effect, because it applies only to --optimizers sgd.")]
    [InlineData("check what a 1 in the pairs means: 'label-means' same or different", "check what a 1 in the pairs means: --label-means same or different")]
    [InlineData("use smaller 'batch-size' or fewer 'shards'", "use smaller --batch-sizes or fewer --shards")]
    public void A_quoted_name_becomes_the_option(string message, string inOptions) => Assert.Equal(inOptions, OptionNames.InOptions(message));

    [Theory]
    [InlineData("There is no encoder 'vit'; use one of conv, article.")]
    [InlineData("There is no sweep 'data'; `client status` lists all sweeps.")]
    [InlineData("There is a key named 'until' already, or there is no key 'for'.")]
    [InlineData("The loss 'margin' works on whole batches.")]
    [InlineData("--pairing: 'seeds' is not one of batch, listed.")]
    [InlineData("the balance and its margin")]
    [InlineData("folder's data, loss's margin")]
    public void Other_text_stays_as_it_is(string message) => Assert.Equal(message, OptionNames.InOptions(message));

    [Fact]
    public void A_value_that_is_named_like_a_setting_stays_a_value() =>
        Assert.Equal("--encoders: 'loss' is not a name.", OptionNames.InOptions("'encoder': 'loss' is not a name."));

    [Fact]
    public void Every_hyperparameter_has_an_option() => Assert.All(Hyperparameter.All, hyperparameter => OptionNames.Of(hyperparameter));

    [Fact]
    public void Every_option_that_messages_name_is_an_option_of_a_command()
    {
        using var client = new ClientRun();
        var known = client.Describe().Subcommands.SelectMany(command => command.Subcommands.Prepend(command)).SelectMany(command => command.Options).Select(option => option.Name).ToHashSet();

        Assert.Empty(OptionNames.All.Except(known));
    }
}
