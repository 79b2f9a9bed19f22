using Siamese.Contracts.Tuning;
using Siamese.Model.Registry;

namespace Siamese.Model.Tests.Registry;

public sealed class KnownNamesTests
{
    [Fact]
    public void The_names_are_known_for_every_hyperparameter_whose_values_are_names() => Assert.Equal(
        Hyperparameter.All.Where(hyperparameter => ReferenceEquals(hyperparameter.Range, ValueRange.Names)).Select(hyperparameter => hyperparameter.Name).Order(),
        KnownNames.Hyperparameters.Order());

    [Fact]
    public void Names_differ_from_each_other_and_include_the_defaults()
    {
        foreach (var hyperparameter in KnownNames.Hyperparameters)
        {
            var names = KnownNames.Of(hyperparameter)!;
            Assert.Equal(names.Distinct(), names);
            if (Hyperparameter.Named(hyperparameter).Get(new Hyperparameters())?.Word is { } word)
                Assert.Contains(word, names);
        }
    }

    [Fact]
    public void A_hyperparameter_of_numbers_has_no_names() => Assert.Null(KnownNames.Of("margin"));
}
