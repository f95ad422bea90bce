package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
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
                .containsExactly(
                        new Step.Hio(300, 0.9, 0), new Step.Raar(500, 0.9, 0), new Step.Er(200, 0), new Step.Ml(50));
    }

    @Test
    void writesGroupsOut() {
        Plan plan = plan("2x(ER20/HIO180)/RAAR100");
        assertThat(plan.iterations())
                .containsExactly(
                        new Step.Er(20, 0),
                        new Step.Hio(180, 0.9, 0),
                        new Step.Er(20, 0),
                        new Step.Hio(180, 0.9, 0),
                        new Step.Raar(100, 0.9, 0));
        assertThat(plan.count()).isEqualTo(500);
    }

    @Test
    void readsGroupsInGroups() {
        assertThat(plan("2x(3x(ER1)/ML2)").count()).isEqualTo(10);
    }

    @Test
    void readsStartsNetworkAndOptions() {
        Plan plan = plan("starts=20,mean=5:NET/FIRST[threshold=0.04,loose=2]/PSF[sigma=0.5:0.4:0.3,eta=0.2,fit=40]/"
                + "BG[photons=0.1]/SW[every=5,threshold=0.3,of=rms,sigma=3:1,loose=1]/RAAR500[beta=0.75]/DETWIN10");
        assertThat(plan)
                .isEqualTo(new Plan(
                        20,
                        5,
                        Start.NETWORK,
                        new FirstSupport(0.04, 2),
                        new Response(0.5, 0.4, 0.3, 0.2, 40, 0.1, 0, 0),
                        List.of(
                                new Step.Wrap(new ShrinkWrap(5, 0.3, ShrinkWrap.Reference.RMS, 3, 1, 1)),
                                new Step.Raar(500, 0.75, 0),
                                new Step.Detwin(10))));
    }

    @Test
    void takesTheRestOfTheSupportOptionsFromTheStandard() {
        ShrinkWrap standard = ShrinkWrap.DEFAULT;
        assertThat(plan("SW[threshold=0.1]/ER9").steps().get(0))
                .isEqualTo(new Step.Wrap(
                        new ShrinkWrap(standard.every(), 0.1, standard.firstSigma(), standard.lastSigma())));
        assertThat(stretches("SW[sigma=1.5]/ER9").get(0).rule().sigma(0.7)).isEqualTo(1.5);
    }

    @Test
    void aSupportRuleHoldsFromItsPlaceOn() {
        List<Stretch> stretches = stretches("HIO40/2x(SW[every=50]/ML50)/ER5/SW[threshold=0.2]");

        assertThat(stretches).extracting(Stretch::count).containsExactly(40, 50, 55, 0);
        assertThat(stretches).extracting(stretch -> stretch.rule().every()).containsExactly(20, 50, 50, 20);
        assertThat(stretches.get(2).steps()).containsExactly(new Step.Ml(50), new Step.Er(5, 0));
        assertThat(stretches.get(3).rule().threshold()).isEqualTo(0.2);
    }

    @Test
    void theSupportIsNotUpdatedAfterTheVeryLastIterationUnlessTheRecipeSaysSo() {
        Stretch only = stretches("HIO60").get(0);
        assertThat(only.updatesAfter(20)).isTrue();
        assertThat(only.updatesAfter(30)).isFalse();
        assertThat(only.updatesAfter(60)).isFalse();
        assertThat(only.toNextUpdate(30)).isEqualTo(10);
        assertThat(stretches("HIO60/SW[sigma=1]").get(0).updatesAfter(60)).isTrue();
        assertThat(stretches("SW[every=0]/HIO60").get(0).updatesAfter(20)).isFalse();
    }

    @Test
    void pointSpreadAndBackgroundAreFittedWhereNoNumberIsGiven() {
        assertThat(plan("PSF[fit=10]/BG[fit=20]/ER1").response())
                .isEqualTo(new Response(0.5, 0.5, 0.5, 0, 10, 0, 20, 0));
        assertThat(plan("PSF[eta=0.5]/ER1").response()).isEqualTo(new Response(0.5, 0.5, 0.5, 0.5, 50, 0, 0, 0));
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
                "starts=6,mean=3:MIX/HIO100/ER50",
                "starts=3:NET/SW[every=5,threshold=0.3,sigma=3:1]/RAAR500[beta=0.75]/2x(ML10/ER1)",
                "SW[every=0,threshold=0.001,sigma=0]/HIO1[beta=1]",
                "NET/FIRST[threshold=0.04,loose=2]/PSF[sigma=0.5:0.4:0.3,eta=0.2,fit=40]/BG[photons=0.1]/ER1",
                "NET/NOISE[trust=0.05]/ER1",
                "HIO40/HIO50[density=1.3]/RAAR30[beta=0.8,density=1.25]/ER1[density=100]/ML30",
                "BG[photons=0.1]/NOISE[trust=1]/ER1",
                "FIRST[threshold=0.2]/PSF[sigma=0.5]/BG[photons=0,fit=50]/DETWIN5/ER1/SW[every=1,threshold=1.2,of=rms,sigma=0,loose=2]"
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
                "HIO40[density=1] | 1.0",
                "ER40[density=-2] | -2.0",
                "RAAR40[density=101] | 101.0",
                "HIO40[density=even] | 'hio40[density=even]'",
                "ML40[density=1.3] | 'density'",
                "4x(ER20/HIO180 | '4x(er20/hio180'",
                "4x() | ''",
                "0x(ER1) | 0",
                "x(ER1) | 'x(er1)'",
                "starts=0:ER1 | 0",
                "starts=many:ER1 | 'starts=many:'",
                "starts=5 | 'starts=5'",
                "ER1/NET | 'net'",
                "NET/ | ''",
                "MIX | ''",
                "NET | ''",
                "SW[every=5] | needs a step",
                "ER5/FIRST[loose=1] | holds for the whole recipe",
                "2x(PSF[sigma=1]/ER1) | holds for the whole recipe",
                "BG[photons=1]/BG[photons=2]/ER1 | second time",
                "FIRST[threshold=0]/ER1 | 0.0",
                "FIRST[loose=20]/ER1 | 20",
                "NOISE[trust=2]/ER1 | 2.0",
                "NOISE[trust=0.1]/NOISE[trust=0.2]/ER1 | a second time",
                "NOISE[sigma=0.1]/ER1 | 'sigma'",
                "PSF[sigma=9]/ER1 | 9.0",
                "PSF[sigma=1:2]/ER1 | 'psf[sigma=1:2]'",
                "PSF[eta=2]/ER1 | 2.0",
                "PSF[fit=-1]/ER1 | -1",
                "BG[photons=-1]/ER1 | -1.0",
                "SW[of=mean]/ER1 | 'sw[of=mean]'",
                "SW[loose=-1]/ER1 | -1",
                "DETWIN5[beta=1]/ER1 | 'beta'",
                "SW[every=-5]/ER1 | -5",
                "SW[threshold=2]/ER1 | 2.0",
                "SW[sigma=a:b]/ER1 | 'sw[sigma=a:b]'",
                "SW[colour=red]/ER1 | 'colour'",
                "999x(999x(ER100000)) | million",
                "101x(100x(100x(ER1))) | million",
                "1000x(1000x(1000x(1000x(ER1)))) | million"
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
    void aMeanIsWrittenAsItIsReadAndNotOfMoreThanTheStarts() {
        assertThat(plan("starts=5,mean=3:HIO10").text()).isEqualTo("starts=5,mean=3:HIO10");
        assertThat(plan("starts=5:HIO10").mean()).isEqualTo(1);
        for (String bad : List.of("starts=5,mean=6:HIO10", "starts=5,mean=0:HIO10", "starts=5,mean=x:HIO10")) {
            assertThatThrownBy(() -> Recipe.parse(bad))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("mean=5");
        }
    }

    @Test
    void aMixedRecipeAsksTheNetworkForEveryThirdStart() {
        Recipe.Start mixed = plan("starts=9:MIX/HIO10").start();
        assertThat(IntStream.range(0, 9).filter(mixed::asksNetwork)).containsExactly(0, 3, 6);
        assertThat(mixed.needsNetwork()).isTrue();
    }

    @Test
    void sigmaShrinksFromFirstToLast() {
        ShrinkWrap support = new ShrinkWrap(20, 0.25, 2, 0.5);
        assertThat(support.sigma(0)).isEqualTo(2);
        assertThat(support.sigma(0.5)).isCloseTo(1, within(1e-12));
        assertThat(support.sigma(1)).isCloseTo(0.5, within(1e-12));
    }

    private static List<Stretch> stretches(String text) {
        return Stretch.of(plan(text));
    }

    private static Plan plan(String text) {
        return (Plan) Recipe.parse(text);
    }
}
