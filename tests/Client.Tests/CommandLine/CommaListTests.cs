using System.Collections.Immutable;
using System.Globalization;
using Siamese.Client.CommandLine;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.CommandLine;

public sealed class CommaListTests
{
    [Fact]
    public void A_list_is_split_at_its_commas() => Assert.Equal<double>([1, 2.5, 5e-4], Numbers("1, 2.5,5e-4"));

    [Fact]
    public void A_point_is_decimal_whatever_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            Assert.Equal<double>([1.5, 2], Numbers("1.5,2"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("", "--margins: the list is empty.")]
    [InlineData(" ", "--margins: the list is empty.")]
    [InlineData("1,,2", "--margins: '1,,2' holds an empty item.")]
    [InlineData("1,", "--margins: '1,' holds an empty item.")]
    [InlineData("one", "--margins: 'one' is not a number.")]
    [InlineData("NaN", "--margins: 'NaN' is not a number.")]
    [InlineData("Infinity", "--margins: 'Infinity' is not a number.")]
    [InlineData("1e999", "--margins: '1e999' is not a number.")]
    [InlineData("1;2", "--margins: '1;2' is not a number.")]
    [InlineData("1,-2", "--margins: -2 is not above 0.")]
    [InlineData("0", "--margins: 0 is not above 0.")]
    [InlineData("1,2,1.0", "--margins: 1.0 is listed twice.")]
    public void A_bad_number_is_named_in_one_sentence(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => Numbers(text)).Message);

    [Theory]
    [InlineData("16.5", "--batch-sizes: '16.5' is not a whole number.")]
    [InlineData("99999999999", "--batch-sizes: '99999999999' is not a whole number.")]
    [InlineData("1", "--batch-sizes: 1 is not 2 or above.")]
    public void A_bad_whole_number_is_named_in_one_sentence(string text, string sentence) =>
        Assert.Equal(
            sentence,
            Assert.Throws<BadInputException>(() => CommaList.WholeNumbers("--batch-sizes", text, n => n >= 2, "2 or above")).Message);

    [Fact]
    public void Words_are_those_of_the_enumeration()
    {
        Assert.Equal<Pairing>([Pairing.Listed, Pairing.Batch], CommaList.Words<Pairing>("--pairing", "listed,batch"));
        var error = Assert.Throws<BadInputException>(() => CommaList.Words<Pairing>("--pairing", "lists"));
        Assert.Equal("--pairing: 'lists' is none of batch, listed.", error.Message);
    }

    private static ImmutableArray<double> Numbers(string text) => CommaList.Numbers("--margins", text, m => m > 0, "above 0");
}
