package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.phase.Recipe.Start;
import org.bcdi.task.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    @Test
    void readsStepsInOrder() {
        assertThat(plan("HIO300/RAAR500/ER200/ML50").steps())
                .containsExactly(new Step.Hio(300, 0.9), new Step.Raar(500, 0.9), new Step.Er(200), new Step.Ml(50));
    }

    @Test
    void writesGroupsOut() {
        Plan plan = plan("2x(ER20/HIO180)/RAAR100");
        assertThat(plan.iterations())
                .containsExactly(
                        new Step.Er(20),
                        new Step.Hio(180, 0.9),
                        new Step.Er(20),
                        new Step.Hio(180, 0.9),
                        new Step.Raar(100, 0.9));
        assertThat(plan.count()).isEqualTo(500);
    }

    @Test
    void readsGroupsInGroups() {
        assertThat(plan("2x(3x(ER1)/ML2)").count()).isEqualTo(10);
    }

    @Test
    void readsStartsNetworkAndOptions() {
        Plan plan = plan("starts=20:NET/SW[every=5,threshold=0.3,sigma=3:1]/RAAR500[beta=0.75]/ER10");
        assertThat(plan)
                .isEqualTo(new Plan(
                        20,
                        Start.NETWORK,
                        new ShrinkWrap(5, 0.3, 3, 1),
                        List.of(new Step.Raar(500, 0.75), new Step.Er(10))));
    }

    @Test
    void takesTheRestOfTheSupportOptionsFromTheStandard() {
        ShrinkWrap standard = ShrinkWrap.DEFAULT;
        assertThat(plan("ER9/SW[threshold=0.1]").support())
                .isEqualTo(new ShrinkWrap(standard.every(), 0.1, standard.firstSigma(), standard.lastSigma()));
        assertThat(plan("SW[sigma=1.5]/ER9").support().sigma(0.7)).isEqualTo(1.5);
    }

    @Test
    void autoAndNoneAreRecipes() {
        assertThat(Recipe.parse("auto")).isEqualTo(new Recipe.Auto());
        assertThat(Recipe.parse(" None ")).isEqualTo(new Recipe.None());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auto",
                "none",
                "HIO300/RAAR500/ER200",
                "4x(ER20/HIO180)/RAAR100/ER100",
                "starts=20:HIO400/RAAR1000/ER300",
                "NET/HIO100/ER50",
                "starts=3:NET/SW[every=5,threshold=0.3,sigma=3:1]/RAAR500[beta=0.75]/2x(ML10/ER1)",
                "SW[every=0,threshold=0.001,sigma=0]/HIO1[beta=1]"
            })
    void writesWhatItReads(String text) {
        assertThat(Recipe.parse(text)).hasToString(text);
        assertThat(Recipe.parse(Recipe.parse(text).text())).isEqualTo(Recipe.parse(text));
    }

    @Test
    void capitalsAndSpacesDoNotMatter() {
        assertThat(Recipe.parse(" Starts = 2 : hio300 / raar500[ BETA = 0.5 ] / Er200 "))
                .isEqualTo(Recipe.parse("starts=2:HIO300/RAAR500[beta=0.5]/ER200"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HIOO300/ER20 | 'hioo300'",
                "HIO/ER20 | 'hio'",
                "HIO300//ER20 | ''",
                "HIO300/ | ''",
                "HIO99999999999 | 'hio99999999999'",
                "HIO0 | HIO0",
                "HIO-3 | 'hio-3'",
                "ER20[beta=0.9] | 'beta'",
                "RAAR50[gamma=0.9] | 'gamma'",
                "RAAR50[beta=big] | 'raar50[beta=big]'",
                "RAAR50[beta=1.5] | 1.5",
                "RAAR50[beta=NaN] | 'raar50[beta=nan]'",
                "RAAR50[] | 'raar50[]'",
                "RAAR50[beta=0.9,beta=0.8] | 'raar50[beta=0.9,beta=0.8]'",
                "4x(ER20/HIO180 | '4x(er20/hio180'",
                "4x() | ''",
                "0x(ER1) | 0",
                "x(ER1) | 'x(er1)'",
                "starts=0:ER1 | 0",
                "starts=many:ER1 | 'starts=many:'",
                "starts=5 | 'starts=5'",
                "ER1/NET | 'net'",
                "NET/ | ''",
                "NET | ''",
                "SW[every=5] | needs a step",
                "SW[every=5]/SW[every=6]/ER1 | second time",
                "SW[every=-5]/ER1 | -5",
                "SW[threshold=2]/ER1 | 2.0",
                "SW[sigma=a:b]/ER1 | 'sw[sigma=a:b]'",
                "SW[colour=red]/ER1 | 'colour'",
                "2x(SW[every=5]/ER1) | 'sw[every=5]'",
                "999x(999x(ER100000)) | million"
            })
    void namesThePartThatIsNotUnderstood(String text, String part) {
        assertThatThrownBy(() -> Recipe.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(part);
    }

    @Test
    void refusesAnEmptyRecipe() {
        assertThatThrownBy(() -> Recipe.parse(" "))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(RecipeParser.EXAMPLE);
    }

    @Test
    void sigmaShrinksFromFirstToLast() {
        ShrinkWrap support = new ShrinkWrap(20, 0.25, 2, 0.5);
        assertThat(support.sigma(0)).isEqualTo(2);
        assertThat(support.sigma(0.5)).isCloseTo(1, within(1e-12));
        assertThat(support.sigma(1)).isCloseTo(0.5, within(1e-12));
    }

    private static Plan plan(String text) {
        return (Plan) Recipe.parse(text);
    }
}
