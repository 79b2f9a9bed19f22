using Siamese.Model.Training;

namespace Siamese.Model.Tests.Training;

public sealed class CodeVersionTests
{
    [Fact]
    public void It_is_16_hexadecimal_digits()
    {
        Assert.Matches("^[0-9a-f]{16}$", CodeVersion.Current);
    }

    [Fact]
    public void A_machine_kind_names_its_platform_and_vector_width() => Assert.Matches("^[a-z0-9.]+-[a-z0-9]+, (128|256|512)-bit vectors$", MachineKind.Current);
}
