using System.Globalization;
using Siamese.Client.CommandLine;
using Siamese.Contracts;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Tests.CommandLine;

public sealed class CommaListTests
{
    [Fact]
    public void A_list_is_split_at_its_commas() => Assert.Equal([1, 2.5, 5e-4], Numbers("1, 2.5,5e-4"));

    [Fact]
    public void The_decimal_separator_is_a_point_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            Assert.Equal([1.5, 2], Numbers("1.5,2"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("", "--margins: the list is empty.")]
    [InlineData(" ", "--margins: the list is empty.")]
    [InlineData("1,,2", "--margins: '1,,2' contains an empty item.")]
    [InlineData("1,", "--margins: '1,' contains an empty item.")]
    [InlineData("one", "--margins: 'one' is not a number.")]
    [InlineData("NaN", "--margins: 'NaN' is not a number.")]
    [InlineData("Infinity", "--margins: 'Infinity' is not a number.")]
    [InlineData("1e999", "--margins: '1e999' is not a number.")]
    [InlineData("1;2", "--margins: '1;2' is not a number.")]
    [InlineData("1,-2", "--margins: -2 is not above 0.")]
    [InlineData("0", "--margins: 0 is not above 0.")]
    [InlineData("1,2,1.0", "--margins: 1.0 is listed twice.")]
    public void A_bad_number_is_reported_in_one_sentence(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => Numbers(text)).Message);

    [Theory]
    [InlineData("16.5", "--batch-sizes: '16.5' is not a whole number.")]
    [InlineData("99999999999", "--batch-sizes: '99999999999' is not a whole number.")]
    [InlineData("1", "--batch-sizes: 1 is not 2 or above.")]
    public void A_bad_whole_number_is_reported_in_one_sentence(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => CommaList.Dimension(Hyperparameter.Named("batch-size"), text)).Message);

    [Theory]
    [InlineData("16.5", "--seeds: '16.5' is not a whole number.")]
    [InlineData("99999999999", "--seeds: '99999999999' is not a whole number.")]
    public void A_bad_whole_number_outside_hyperparameters_is_reported_in_one_sentence(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => CommaList.WholeNumbers("--seeds", text)).Message);

    [Fact]
    public void Only_words_of_the_enumeration_are_accepted()
    {
        Assert.Equal<HyperparameterValue>(["listed", "batch"], CommaList.Dimension(Hyperparameter.Named("pairing"), "listed,batch").Values);
        var error = Assert.Throws<BadInputException>(() => CommaList.Dimension(Hyperparameter.Named("pairing"), "lists"));
        Assert.Equal("--pairing: 'lists' is not one of batch, listed, neighbours.", error.Message);
    }

    private static double[] Numbers(string text) => [.. CommaList.Dimension(Hyperparameter.Named("margin"), text).Values.Select(value => value.Number)];

    [Fact]
    public void Two_dots_make_a_range()
    {
        Assert.Equal(new NumberRange(0.5, 5, IsLog: false), CommaList.Dimension(Hyperparameter.Named("margin"), "0.5..5").Range);
        Assert.Equal(new NumberRange(1e-4, 1e-2, IsLog: true), CommaList.Dimension(Hyperparameter.Named("learning-rate"), "log:1e-4..1e-2").Range);
        Assert.Equal("log:0.0001..0.01", $"{new NumberRange(1e-4, 1e-2, IsLog: true)}");
    }

    [Theory]
    [InlineData("margin", "5..1", "--margins: 5..1 does not go from a smaller number to a larger one.")]
    [InlineData("margin", "1..two", "--margins: 'two' is not a number.")]
    [InlineData("margin", "1..2..3", "--margins: '1..2..3' is not a range; write 0.5..5, log:1e-4..1e-2 for a log scale, or 0,log:1e-4..1e-2 to try 0 as well.")]
    [InlineData("margin", "0..5", "--margins: 0 is not above 0.")]
    [InlineData("balance", "0.5..1.5", "--balances: 1.5 is not from 0 to 1.")]
    [InlineData("balance", "log:0..1", "--balances: log:0..1 starts at 0, but a logarithmic range must start above 0. To try 0 as well, write 0,log:0.001..1.")]
    [InlineData("epochs", "1.5..3", "--epochs: '1.5' is not a whole number.")]
    [InlineData("loss", "a,,b", "--losses: 'a,,b' contains an empty item.")]
    public void A_bad_range_is_reported_in_one_sentence(string hyperparameter, string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => CommaList.Dimension(Hyperparameter.Named(hyperparameter), text)).Message);
}
